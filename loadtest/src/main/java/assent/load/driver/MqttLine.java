package assent.load.driver;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttPubAckMessage;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttVersion;

/// A client's connection to a broker. Texts carry no number: QoS 1 keeps their order, and a repeated one
/// says so by its DUP flag.
///
/// Confined to its channel's event loop.
final class MqttLine extends LineHandler<MqttMessage> {
    private static final int PACKET_IDS = 65_535;
    private static final int SUBSCRIPTION_ID = PACKET_IDS;
    private static final int KEEP_ALIVE_SECONDS = 60;

    private final Driver.Place place;
    private final String peerTopic;
    private long lastNumber;

    MqttLine(Driver.Place place, LineEvents events) {
        super(MqttMessage.class, events);
        this.place = place;
        this.peerTopic = topic(place.peer());
    }

    private static String topic(int phone) {
        return "p/" + phone;
    }

    @Override
    void begin() {
        write(MqttMessageBuilders.connect()
                .protocolVersion(MqttVersion.MQTT_3_1_1)
                .clientId("phone-" + place.phone())
                .cleanSession(!place.remembered())
                .keepAlive(KEEP_ALIVE_SECONDS)
                .build());
    }

    @Override
    public void send(long number, byte[] text) {
        lastNumber = number;
        write(MqttMessageBuilders.publish()
                .topicName(peerTopic)
                .qos(MqttQoS.AT_LEAST_ONCE)
                .messageId(packetId(number))
                .payload(Unpooled.wrappedBuffer(text))
                .build());
    }

    /// 1 to 65,534; the last one is the subscription's.
    private static int packetId(long number) {
        return (int) (number % (PACKET_IDS - 1)) + 1;
    }

    /// The newest text that was sent under this packet id.
    private long number(int packetId) {
        long behind = Math.floorMod(packetId(lastNumber) - packetId, PACKET_IDS - 1);
        return lastNumber - behind;
    }

    @Override
    public void keepAlive() {
        write(MqttMessage.PINGREQ);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, MqttMessage message) {
        if (message.decoderResult().isFailure()) {
            end("not MQTT");
            return;
        }
        switch (message.fixedHeader().messageType()) {
            case PUBLISH -> arrived((MqttPublishMessage) message);
            case PUBACK ->
                events().accepted(
                                number(((MqttPubAckMessage) message)
                                        .variableHeader()
                                        .messageId()),
                                LineEvents.Answer.TAKEN);
            case CONNACK -> connected((MqttConnAckMessage) message);
            case SUBACK -> events().ready(this);
            case PINGRESP -> {}
            default -> end("unexpected packet");
        }
    }

    private void connected(MqttConnAckMessage answer) {
        if (answer.variableHeader().connectReturnCode() != MqttConnectReturnCode.CONNECTION_ACCEPTED) {
            end("not accepted");
            return;
        }
        write(MqttMessageBuilders.subscribe()
                .messageId(SUBSCRIPTION_ID)
                .addSubscription(MqttQoS.AT_LEAST_ONCE, topic(place.phone()))
                .build());
    }

    private void arrived(MqttPublishMessage message) {
        ByteBuf payload = message.payload();
        events().arrived(LineEvents.IN_ORDER, ByteBufUtil.getBytes(payload));
        write(new MqttPubAckMessage(
                new MqttFixedHeader(MqttMessageType.PUBACK, false, MqttQoS.AT_MOST_ONCE, false, 2),
                MqttMessageIdVariableHeader.from(message.variableHeader().packetId())));
    }
}
