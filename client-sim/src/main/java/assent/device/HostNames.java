package assent.device;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;

/// Looks host names up with the platform's resolver, which blocks, so on virtual threads and not on
/// event loops; each device has at most one lookup under way. Addresses in digits are not looked up.
/// Thread-safe.
final class HostNames extends AddressResolverGroup<InetSocketAddress> {
    @Override
    protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
        return new Lookup(executor).asAddressResolver();
    }

    private static final class Lookup extends InetNameResolver {
        Lookup(EventExecutor executor) {
            super(executor);
        }

        @Override
        protected void doResolve(String host, Promise<InetAddress> promise) throws UnknownHostException {
            byte[] digits = NetUtil.createByteArrayFromIpAddressString(host);
            if (digits != null) {
                promise.setSuccess(InetAddress.getByAddress(host, digits));
                return;
            }
            Thread.ofVirtual().name("assent-lookup").start(() -> {
                try {
                    promise.trySuccess(InetAddress.getByName(host));
                } catch (UnknownHostException e) {
                    promise.tryFailure(e);
                }
            });
        }

        @Override
        protected void doResolveAll(String host, Promise<List<InetAddress>> promise) {
            promise.setFailure(new UnsupportedOperationException("a device needs one address"));
        }
    }
}
