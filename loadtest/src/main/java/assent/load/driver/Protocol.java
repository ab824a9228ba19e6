package assent.load.driver;

/// What a server speaks.
public enum Protocol {
    /// The gateway's own: signed in, end-to-end acknowledged.
    ASSENT,
    /// MQTT 3.1.1 with QoS 1.
    MQTT,
    /// The bare relay: nothing but TLS and forwarding.
    RELAY
}
