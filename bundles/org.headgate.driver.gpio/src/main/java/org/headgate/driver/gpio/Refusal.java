package org.headgate.driver.gpio;

import com.pi4j.exception.Pi4JException;
import java.io.IOException;

/** Pi4J's unchecked exceptions as the one that a driver may throw. */
final class Refusal {
    private Refusal() {}

    /** A call of Pi4J's. */
    interface Call<T> {
        T run();
    }

    /**
     * Makes a call.
     *
     * @param line what is called, for the message
     * @throws IOException when Pi4J or the kernel below refuses, with one line for the user
     */
    static <T> T checked(String line, Call<T> call) throws IOException {
        try {
            return call.run();
        } catch (Pi4JException | IllegalStateException | IllegalArgumentException refused) {
            // Pi4J's registry wraps what a line throws when it is made.
            throw of(line, refused);
        }
    }

    private static IOException of(String line, RuntimeException refused) {
        for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException kernel) {
                return new IOException(oneLine(line, kernel), refused);
            }
        }
        return new IOException(oneLine(line, refused), refused);
    }

    private static String oneLine(String line, Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank()
                ? line + " failed without a reason"
                : message.lines().findFirst().orElse("").strip();
    }
}
