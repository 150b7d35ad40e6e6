package org.headgate.commands.kit;

import java.util.List;
import java.util.Optional;
import org.headgate.config.api.Change;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.UsageException;

/** Switches an instance on or off: what enable and disable are for every kind. */
public final class Switch {
    private final Instances files;
    private final Make make;

    /** Makes a change of an instance, and says where that stands then. */
    @FunctionalInterface
    public interface Make {
        /**
         * Makes it.
         *
         * @param done what the user sees when it was made
         * @return the exit status of the command
         */
        int make(Invocation invocation, Change change, String name, String done) throws InterruptedException;
    }

    /** Switches instances of a kind. */
    public Switch(Instances files, Make make) {
        this.files = files;
        this.make = make;
    }

    /** Completion: the instances. */
    public List<String> complete(List<String> before) {
        return files.complete(before);
    }

    /** Switches the instance that the command's only word names. */
    public int run(Invocation invocation, boolean on) throws UsageException, InterruptedException {
        Optional<String> found = files.only(invocation);
        if (found.isEmpty()) {
            return 1;
        }
        String name = found.get();
        return make.make(
                invocation,
                files.enabled(Edits.of(invocation), name, on),
                name,
                files.kind() + " " + name + " is switched " + (on ? "on" : "off"));
    }
}
