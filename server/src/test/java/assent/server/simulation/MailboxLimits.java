package assent.server.simulation;

/// How much a mailbox of [MemoryStore] holds.
record MailboxLimits(int messagesMax, long bytesMax, int outcomesMax) {
    static final MailboxLimits DEFAULTS = new MailboxLimits(10_000, 16L * 1024 * 1024, 10_000);
}
