package org.headgate.driver.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.headgate.config.api.Texts;
import org.headgate.system.api.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets in who shows the token of the device that it speaks for. Who shows another one is told nothing, and soon not even quickly. Thread-safe. */
final class Gate {
    /** The subprotocol in which a browser's web socket shows its token: {@code new WebSocket(url, ["headgate", token])}. */
    static final String PROTOCOL = "headgate";

    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);
    private static final String BEARER = "Bearer ";
    private static final int WRONG_PER_SECOND = 10;
    private static final int LONGEST_TOKEN = 4096;
    private static final long QUIET_NANOS = 60_000_000_000L;

    private final Inbox inbox;
    private final Clock clock;
    private final Pace wrong;
    private final AtomicLong refused = new AtomicLong();
    private long said;
    private long saidCount;

    Gate(Inbox inbox, Clock clock) {
        this.inbox = inbox;
        this.clock = clock;
        this.wrong = new Pace(WRONG_PER_SECOND, clock);
        this.said = clock.monotonicNanos() - QUIET_NANOS;
    }

    /** Whose request this is; empty for a stranger's. */
    Optional<Recipient> recipient(HttpServletRequest request) {
        String token = token(request);
        return mayBeOne(token) ? inbox.find(device(request), token) : Optional.empty();
    }

    /** Whether it would be somebody's if the device were open, which it may be again soon. */
    boolean isExpected(HttpServletRequest request) {
        String token = token(request);
        return mayBeOne(token) && inbox.expects(device(request), token);
    }

    private static boolean mayBeOne(String token) {
        return !token.isEmpty() && token.length() <= LONGEST_TOKEN;
    }

    /** The name in the path; what is no name is not that of a device. */
    private static String device(HttpServletRequest request) {
        String path = request.getPathInfo();
        String device = path == null || path.isEmpty() ? "" : path.substring(1);
        return Texts.isName(device) ? device : "";
    }

    /** What a stranger gets: right tokens are never slowed down by wrong ones, wrong ones by each other. */
    int stranger() {
        refused.incrementAndGet();
        note();
        return wrong.allows() ? 401 : 429;
    }

    long refused() {
        return refused.get();
    }

    private synchronized void note() {
        long now = clock.monotonicNanos();
        if (now - said >= QUIET_NANOS) {
            long all = refused.get();
            LOG.warn(
                    "http: {} requests without a right token were refused: is a device's token wrong?",
                    all - saidCount);
            said = now;
            saidCount = all;
        }
    }

    private static String token(HttpServletRequest request) {
        String authorization = request.getHeader("Authorization");
        if (authorization != null) {
            boolean bearer = authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
            return bearer ? authorization.substring(BEARER.length()).strip() : "";
        }
        List<String> offered = protocols(request);
        return offered.size() == 2 && offered.get(0).equals(PROTOCOL) ? offered.get(1) : "";
    }

    /** The subprotocols that a web socket offers. */
    static List<String> protocols(HttpServletRequest request) {
        String offered = request.getHeader("Sec-WebSocket-Protocol");
        return offered == null
                ? List.of()
                : Arrays.stream(offered.split(",")).map(String::strip).toList();
    }
}
