package assent.device;

import assent.protocol.GatewayFrame.Welcome;
import assent.protocol.consent.WithdrawalRequest;

/// Where a connection stands. Each state owns its data. Immutable but for what it refers to.
sealed interface ConnectionState {
    /// TCP and TLS.
    record Connecting() implements ConnectionState {}

    /// Hello is sent, Welcome awaited.
    record Greeting() implements ConnectionState {}

    /// The user is being asked.
    record Activating(Welcome welcome, ActivationSteps steps) implements ConnectionState {}

    /// The user switches off a number whose phone is lost.
    record SwitchingOff(LostPhoneSteps steps) implements ConnectionState {}

    record SigningIn(Welcome welcome) implements ConnectionState {}

    record Active(Session session) implements ConnectionState {}

    /// Nothing counts any more but the gateway's certificate.
    record Withdrawing(WithdrawalRequest request) implements ConnectionState {}

    record Ended() implements ConnectionState {}
}
