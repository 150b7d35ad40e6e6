package org.headgate.driver.opcua;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.eclipse.milo.opcua.stack.core.util.NonceUtil;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Deadline;

/**
 * Reaches a server, and waits for what it answers, in bounded time.
 *
 * @param timeout how long one call may take
 */
record Dial(Address address, Duration timeout, Security security, Reactor reactor, Clock clock) {
    Deadline deadline() {
        return Deadline.within(timeout, clock);
    }

    /** Waits until Milo can be used, which takes a while once, after the driver's start. */
    void ready(Deadline deadline) throws IOException {
        try {
            await(reactor.loaded(), deadline);
        } catch (IOException late) {
            throw reactor.loaded().isDone()
                    ? late
                    : new IOException("the driver has just been started and is still loading");
        }
        // Until then Milo would make do with numbers that can be guessed.
        if (!NonceUtil.isSecureRandomSeeded()) {
            throw new IOException("the random number generator is not ready yet");
        }
    }

    /** A connection without a session that is not yet open; finds the host first, which may take as long. */
    Wire wire(Deadline deadline) throws IOException {
        return wire(deadline, created -> {}, ended -> {});
    }

    /** The same for a session. */
    Wire wire(Deadline deadline, Created.Judge judge, Consumer<Throwable> onEnd) throws IOException {
        try {
            InetAddress host = reactor.names().find(address.host(), deadline);
            Duration left = Duration.ofNanos(Math.max(TimeUnit.MILLISECONDS.toNanos(1), deadline.leftNanos()));
            return new Wire(reactor.config(left), new InetSocketAddress(host, address.port()), judge, onEnd);
        } catch (UnknownHostException unknown) {
            throw Faults.explain(unknown);
        }
    }

    /**
     * What a server answers.
     *
     * @throws IOException with one line, when it fails or does not come in time
     */
    <T> T await(CompletableFuture<T> answer, Deadline deadline) throws IOException {
        try {
            return answer.get(deadline.leftNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            throw new IOException("no answer within " + deadline);
        } catch (ExecutionException failed) {
            throw security.explain(failed.getCause());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted");
        }
    }
}
