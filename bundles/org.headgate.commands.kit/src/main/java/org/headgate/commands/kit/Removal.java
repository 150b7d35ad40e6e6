package org.headgate.commands.kit;

import java.util.Optional;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Signature;

/**
 * What every command that removes something holds to: what nobody uses goes at once; what others use goes when a person who was
 * told so agrees, or when {@code --yes} stands there. A program is never taken for a person who agrees.
 */
public final class Removal {
    /** The flag that agrees beforehand. */
    public static final String YES = "--yes";

    private Removal() {}

    /** The flag that every removing command has. */
    public static Signature option(Signature signature) {
        return signature.flag(YES, "removes it without asking, whoever uses it");
    }

    /**
     * Whether to go on; says why where not, and the command fails then.
     *
     * @param what what would be removed: {@code rule hot}
     * @param use why somebody would miss it: {@code uplink:cloud reads it}; empty when nobody does
     */
    public static boolean isAgreed(Invocation invocation, String what, String use) throws InterruptedException {
        if (use.isEmpty() || invocation.flag(YES)) {
            return true;
        }
        Optional<Boolean> sure = invocation.confirm(use + "; remove " + what + " all the same?");
        if (sure.isEmpty()) {
            invocation.fail(what + " stays: " + use + " (expected: " + YES + ")");
        } else if (!sure.get()) {
            invocation.fail(what + " stays: nothing is changed");
        }
        return sure.orElse(false);
    }
}
