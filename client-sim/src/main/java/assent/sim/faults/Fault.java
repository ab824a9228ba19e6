package assent.sim.faults;

/// One way in which the world fails. Stateless.
interface Fault {
    /// As `--fault` names it.
    String name();

    /// What is done, and what is promised under it, in one line.
    String promise();

    /// Makes the world fail and checks the promise. Blocks, for a bounded time.
    ///
    /// @throws assent.sim.demo.DemoFailure if a part cannot be started or nothing moves any more
    FaultReport run(Setting setting) throws InterruptedException;
}
