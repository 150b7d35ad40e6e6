package org.headgate.device.runtime;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import org.headgate.config.api.Texts;
import org.headgate.device.api.UnknownSettingException;
import org.headgate.device.channels.ChannelText;

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

    /** The same of a device, whose file may have keys and channels options that no driver knows: one of them may have been meant. */
    static String lineOfDevice(Throwable failure) {
        return line(failure)
                + (failure instanceof UnknownSettingException unknown ? meant(unknown, DeviceConfiguration.KEYS) : "");
    }

    /** The same of a search, where only the driver's keys count. */
    static String lineOfSearch(Throwable failure) {
        return line(failure) + (failure instanceof UnknownSettingException unknown ? meant(unknown, Set.of()) : "");
    }

    private static String meant(UnknownSettingException unknown, Collection<String> others) {
        Set<String> known = new TreeSet<>(unknown.known());
        known.addAll(unknown.isOption() ? ChannelText.OPTIONS : others);
        return Texts.meant(unknown.word(), known);
    }
}
