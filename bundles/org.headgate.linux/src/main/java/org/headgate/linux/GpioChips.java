package org.headgate.linux;

import java.io.IOException;
import java.util.List;

/** The GPIO chips of this machine. Used from any thread; may block. */
@FunctionalInterface
public interface GpioChips {
    /**
     * All chips, with the lines as they are at this moment, by the number in their names.
     *
     * @throws IOException when there is none, or none may be opened: one line, with what to do
     */
    List<GpioChip> all() throws IOException;

    /**
     * The kernel's own name of a chip, for a name of a file in {@code /dev} that may be a link: on a Pi 5 {@code gpiochip4} is
     * {@code gpiochip0}. Another name than a link's is returned as it is.
     */
    default String kernelName(String file) {
        return file;
    }
}
