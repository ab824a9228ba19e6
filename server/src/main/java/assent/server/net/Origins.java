package assent.server.net;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Where connections come from, as far as limits go by it.
final class Origins {
    /// What one customer of a network has at least.
    private static final int IPV6_NETWORK_BYTES = 8;

    private Origins() {}

    /// An IPv4 address, or the network part (/64) of an IPv6 one; empty if the connection is gone.
    static String of(@Nullable SocketAddress address) {
        if (!(address instanceof InetSocketAddress internet) || internet.getAddress() == null) {
            return "";
        }
        return internet.getAddress() instanceof Inet6Address six
                ? HexFormat.of().formatHex(Arrays.copyOf(six.getAddress(), IPV6_NETWORK_BYTES)) + "/64"
                : internet.getAddress().getHostAddress();
    }
}
