"""What a coordinator makes of the words of a mail, without code: fields shown as words, and how they are filled in."""
