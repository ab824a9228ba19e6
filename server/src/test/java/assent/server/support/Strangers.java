package assent.server.support;

import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import assent.protocol.PhoneNumber;
import java.util.EnumMap;
import java.util.Map;

/// Numbers that a sender does not reach, one of each kind. A kind that is added here is compared with
/// all others.
public final class Strangers {
    private Strangers() {}

    /// Why a number is not reached.
    public enum Kind {
        NEVER_ACTIVATED {
            @Override
            PhoneNumber make(TestGateway gateway, PhoneNumber sender) {
                return gateway.newNumber();
            }
        },
        WITHDRAWN {
            @Override
            PhoneNumber make(TestGateway gateway, PhoneNumber sender) {
                RawPhone phone = activated(gateway);
                phone.peer().send(phone.withdrawal()).expect(GatewayFrame.Withdrawn.class);
                phone.close();
                return phone.number;
            }
        },
        OFFLINE {
            @Override
            PhoneNumber make(TestGateway gateway, PhoneNumber sender) {
                RawPhone phone = activated(gateway);
                leave(gateway, phone);
                return phone.number;
            }
        },
        BLOCKS_THE_SENDER_AND_IS_CONNECTED {
            @Override
            PhoneNumber make(TestGateway gateway, PhoneNumber sender) {
                return blocking(gateway, sender).number;
            }
        },
        BLOCKS_THE_SENDER_AND_IS_AWAY {
            @Override
            PhoneNumber make(TestGateway gateway, PhoneNumber sender) {
                RawPhone phone = blocking(gateway, sender);
                leave(gateway, phone);
                return phone.number;
            }
        };

        abstract PhoneNumber make(TestGateway gateway, PhoneNumber sender);
    }

    /// One number of each kind. Those that are connected stay so until the gateway closes.
    public static Map<Kind, PhoneNumber> of(TestGateway gateway, PhoneNumber sender) {
        Map<Kind, PhoneNumber> numbers = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            numbers.put(kind, kind.make(gateway, sender));
        }
        return numbers;
    }

    private static RawPhone activated(TestGateway gateway) {
        RawPhone phone = gateway.phone();
        phone.activate();
        return phone;
    }

    private static RawPhone blocking(TestGateway gateway, PhoneNumber sender) {
        RawPhone phone = activated(gateway);
        phone.peer().send(new DeviceFrame.Block(1, sender.e164()));
        assertThat(phone.peer().expect(GatewayFrame.BlockAnswer.class).refusal())
                .isEmpty();
        return phone;
    }

    private static void leave(TestGateway gateway, RawPhone phone) {
        int live = (int) gateway.meter("assent.sessions.live");
        phone.close();
        gateway.awaitLive(live - 1);
    }
}
