package assent.server.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

/// Tells when the operator wants the process to stop, or to read its configuration again.
@FunctionalInterface
interface ProcessSignals {
    /// Completes when the process is asked to stop.
    CompletionStage<Void> stopped();

    /// Has `action` run at each SIGHUP from now on, on a thread of its own.
    default void onReload(Runnable action) {}

    /// Listens to SIGTERM and SIGINT: the first asks to stop, the second ends the process at once.
    ///
    /// A shutdown hook would not do: the JVM then ends with 143 whatever the hook does, and ignores a
    /// second signal. The signal classes are reached by reflection since the compiler warns about them
    /// in a way that cannot be turned off.
    static ProcessSignals ofProcess() {
        var stopped = new CompletableFuture<Void>();
        var asked = new AtomicBoolean();
        Runnable onSignal = () -> {
            if (asked.getAndSet(true)) {
                Runtime.getRuntime().halt(ExitCode.FAILURE);
            }
            stopped.complete(null);
        };
        handle("TERM", onSignal);
        handle("INT", onSignal);
        return new ProcessSignals() {
            @Override
            public CompletionStage<Void> stopped() {
                return stopped;
            }

            @Override
            public void onReload(Runnable action) {
                handle("HUP", action);
            }
        };
    }

    private static void handle(String signalName, Runnable action) {
        try {
            Class<?> signalType = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            Object signal = signalType.getConstructor(String.class).newInstance(signalName);
            Object handler = Proxy.newProxyInstance(
                    ProcessSignals.class.getClassLoader(), new Class<?>[] {handlerType}, (proxy, method, arguments) -> {
                        action.run();
                        return null;
                    });
            signalType.getMethod("handle", signalType, handlerType).invoke(null, signal, handler);
        } catch (InvocationTargetException _) {
            // The JVM was started with -Xrs or uses the signal itself: it then ends in its own way.
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this Java has no jdk.unsupported module; use a complete JDK 25", e);
        }
    }
}
