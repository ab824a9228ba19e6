package assent.server.support;

import static org.awaitility.Awaitility.await;

import assent.protocol.Outcome;

/// Two phones, activated and connected, who can write to each other. Confined to one thread.
public record AnnaAndBen(RawPhone anna, RawPhone ben) {
    public static AnnaAndBen connected(TestGateway gateway) {
        var both = new AnnaAndBen(gateway.phone(), gateway.phone());
        both.anna.activate();
        both.ben.activate();
        awaitLevel(both.anna, both.ben);
        awaitLevel(both.ben, both.anna);
        return both;
    }

    /// Waits until texts go straight to the recipient. Until its mailbox has been looked through, a
    /// device that has just come gets everything by way of the mailbox.
    public static void awaitLevel(RawPhone sender, RawPhone recipient) {
        await().until(() -> {
            sender.text(recipient.number, "warming up");
            recipient.acknowledge(recipient.delivery().deliveryNumber());
            return sender.result().outcome() == Outcome.DELIVERED;
        });
    }
}
