"""Which company, posting, topic and country typed words mean: the only place that imports rapidfuzz."""
