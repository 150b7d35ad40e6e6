package org.headgate.system.api;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * Finds the addresses of hosts in bounded time. The look-up of the JDK takes no time-out, and waits for a name server that does not answer for ten seconds and more;
 * whoever asks meanwhile for the same host waits for the same look-up, so that one host costs one thread. Thread-safe.
 */
public final class HostNames {
    private static final String OCTET = "(25[0-5]|2[0-4]\\d|[01]?\\d{1,2})";
    /** What the JDK takes or refuses without asking anybody; it asks for 999.1.1.1, and for x:1, on the thread of its caller. */
    private static final Pattern ADDRESS = Pattern.compile(OCTET + "(\\." + OCTET + "){3}|\\[.*|:.*|[0-9a-fA-F].*:.*");

    private final Calls calls;
    private final Resolver resolver;
    private final Map<String, CompletableFuture<InetAddress>> asked = new ConcurrentHashMap<>();

    /** Looks a name up, for as long as it takes. */
    interface Resolver {
        InetAddress find(String host) throws IOException;
    }

    /**
     * Finds hosts as the machine does.
     *
     * @param calls runs the look-ups
     */
    public HostNames(Calls calls) {
        this(calls, InetAddress::getByName);
    }

    HostNames(Calls calls, Resolver resolver) {
        this.calls = calls;
        this.resolver = resolver;
    }

    /**
     * The address of a host. Blocks until the deadline at most.
     *
     * @param host a name or an address, one of IPv6 with or without brackets
     * @throws UnknownHostException with the host alone as its message, when nobody knows it
     * @throws SocketTimeoutException with one line for the user, when nobody says so in time
     * @throws IOException with one line for the user, when the thread that asks is interrupted, or nobody can be asked
     */
    public InetAddress find(String host, Deadline deadline) throws IOException {
        if (ADDRESS.matcher(host).matches()) {
            return InetAddress.getByName(host);
        }
        CompletableFuture<InetAddress> fresh = new CompletableFuture<>();
        CompletableFuture<InetAddress> answer = asked.putIfAbsent(host, fresh);
        if (answer == null) {
            answer = fresh;
            // Without a time-out of its own: an abandoned one would go on beside the next.
            calls.submit("names:" + host, () -> resolver.find(host), Duration.ZERO, Runnable::run, outcome -> {
                asked.remove(host);
                outcome.failure()
                        .ifPresentOrElse(
                                fresh::completeExceptionally,
                                () -> fresh.complete(outcome.value().orElseThrow()));
            });
        }
        try {
            return answer.get(deadline.leftNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            throw new SocketTimeoutException(
                    "no address for the host " + host + " within " + deadline + ": does the name server (DNS) answer?");
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof UnknownHostException) {
                throw new UnknownHostException(host);
            }
            throw new IOException("the host " + host + " cannot be looked up: " + failed.getCause(), failed.getCause());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stop);
        }
    }
}
