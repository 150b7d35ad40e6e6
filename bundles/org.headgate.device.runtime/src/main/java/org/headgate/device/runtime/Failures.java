package org.headgate.device.runtime;

import java.util.concurrent.CompletionException;

/** What went wrong, in one line for the user. */
final class Failures {
    private Failures() {}

    static String line(Throwable failure) {
        Throwable root =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        String message = root.getMessage();
        if (message == null || message.isBlank()) {
            return root.getClass().getSimpleName();
        }
        String line = message.lines().findFirst().orElse("");
        // A bare file name or a class name says nothing without the kind of the failure.
        return line.indexOf(' ') < 0 ? root.getClass().getSimpleName() + ": " + line : line;
    }
}
