package assent.server.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The guard that watches over every test class can fail.
class LeakGuardTest {
    @Test
    void everyBufferIsWatched() {
        assertThat(ResourceLeakDetector.getLevel()).isEqualTo(ResourceLeakDetector.Level.PARANOID);
    }

    @Test
    void aBufferThatNobodyReleasesIsFound() {
        List<String> found = new ArrayList<>();
        forget();
        await().until(() -> {
            found.addAll(LeakGuard.found());
            return !found.isEmpty();
        });
        assertThat(found.getFirst()).contains("forget");
    }

    /// In a method of its own, so that no local variable holds the buffer.
    private static void forget() {
        assertThat(ByteBufAllocator.DEFAULT.directBuffer(64).writeInt(1).isReadable())
                .isTrue();
    }
}
