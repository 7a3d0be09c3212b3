"""The try-out: the whole bot on a simulated Discord in this process, shown as a page in the browser."""
