package org.headgate.system.jvm;

import java.util.Optional;

/** What the machine says about its clock. */
interface Evidence {
    /** Whether a time server has set the clock since the machine started; cheap; false where that cannot be seen. */
    boolean isSynchronized();

    /** Whether the kernel took the time from a battery-backed clock when it started. */
    boolean isBatteryBacked();

    /** Whether there is anybody to {@link #ask}. */
    boolean canAsk();

    /** The kernel's own flag, asked through a process; blocks. Empty when nobody could say. */
    Optional<Boolean> ask() throws InterruptedException;
}
