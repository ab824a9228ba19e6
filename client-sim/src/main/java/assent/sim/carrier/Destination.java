package assent.sim.carrier;

/// Whoever a number belongs to.
interface Destination {
    /// Hands an SMS over, without blocking.
    ///
    /// @param done to be run once, when the SMS is delivered or given up
    void deliver(Sms sms, Runnable done);
}
