package assent.sim.web;

/// What requests are answered with. Thread-safe.
record WebParts(Guard guard, Assets assets, Phones phones, OperatorDesk operator, Streams streams) {}
