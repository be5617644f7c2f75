"""Credit of partnerships: what the rules answer, the record for an audit, and who is told when one fails."""
