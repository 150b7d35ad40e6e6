package org.headgate.driver.opcua;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;

/** Failures and status codes in words. */
final class Faults {
    private static final int LONGEST = 200;
    /** The lower half holds flags: whether values were lost, limits (OPC 10000-4, 7.39.1). */
    private static final long NAMED = 0xFFFF_0000L;

    /** Also those of eight bits, and what turns the direction of writing: a terminal obeys them all. */
    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}\\p{Cf}\\u2028\\u2029\\s]+");

    private Faults() {}

    /** A status code by its name in the standard (OPC 10000-6, annex A.2), with what that means. */
    static String text(StatusCode code) {
        return StatusCodes.lookup(code.value() & NAMED)
                .map(known -> line(known[0] + ": " + known[1]))
                .orElseGet(() -> String.format("status 0x%08X", code.value()));
    }

    /** A status code's name alone. */
    static String name(StatusCode code) {
        return StatusCodes.lookup(code.value() & NAMED)
                .map(known -> known[0])
                .orElseGet(() -> String.format("0x%08X", code.value()));
    }

    /** The status code behind a failure. */
    static Optional<StatusCode> status(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UaException status) {
                return Optional.of(status.getStatusCode());
            }
            if (cause instanceof StatusException status) {
                return Optional.of(status.status());
            }
        }
        return Optional.empty();
    }

    /** Whether a failure is one of these status codes. */
    static boolean is(Throwable failure, long... codes) {
        Optional<StatusCode> status = status(failure);
        for (long code : codes) {
            if (status.isPresent() && (status.get().value() & NAMED) == code) {
                return true;
            }
        }
        return false;
    }

    /** Whether a server would answer to less at once. */
    static boolean isTooMuch(Throwable failure) {
        return is(
                failure,
                StatusCodes.Bad_TooManyOperations,
                StatusCodes.Bad_ResponseTooLarge,
                StatusCodes.Bad_RequestTooLarge,
                StatusCodes.Bad_EncodingLimitsExceeded);
    }

    /** What a failure means, in one line for a person. */
    static IOException explain(Throwable failure) {
        Throwable cause = unwrapped(failure);
        if (cause instanceof IOException plain && plain.getClass() != ConnectException.class && isOurs(plain)) {
            return plain;
        }
        for (Throwable each = cause; each != null; each = each.getCause()) {
            Optional<String> known = network(each);
            if (known.isPresent()) {
                return new IOException(known.get());
            }
        }
        Optional<StatusCode> status = status(cause);
        return status.<IOException>map(StatusException::new)
                .orElseGet(() -> new IOException(line(String.valueOf(cause.getMessage()))));
    }

    private static Throwable unwrapped(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof ExecutionException || cause instanceof CompletionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static boolean isOurs(IOException failure) {
        String from = failure.getClass().getPackageName();
        return from.startsWith("org.headgate.") || failure.getClass() == IOException.class;
    }

    private static Optional<String> network(Throwable failure) {
        if (failure instanceof UnknownHostException || failure instanceof UnresolvedAddressException) {
            return Optional.of("the host's name cannot be resolved: check it, or write its IP address");
        }
        if (failure instanceof NoRouteToHostException) {
            return Optional.of("no route to the host: is the network up, and the address right?");
        }
        if (failure instanceof ConnectException) {
            return Optional.of("the connection is refused: does the server run, and on this port?");
        }
        if (failure instanceof TimeoutException || is(failure, StatusCodes.Bad_Timeout)) {
            return Optional.of("no answer in time");
        }
        if (is(failure, StatusCodes.Bad_ConnectionClosed)) {
            return Optional.of("the server has closed the connection");
        }
        return Optional.empty();
    }

    /** Text of strangers, so that it can stand in one line. */
    static String line(String text) {
        String plain = CONTROLS.matcher(text).replaceAll(" ").strip();
        return plain.length() > LONGEST ? plain.substring(0, LONGEST) + "..." : plain;
    }
}
