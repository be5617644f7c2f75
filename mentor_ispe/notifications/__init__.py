"""Who is told what when something happens: one module a record, a function an event, called from consequences and jobs."""
