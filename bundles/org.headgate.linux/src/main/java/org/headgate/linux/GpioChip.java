package org.headgate.linux;

import java.util.List;

/**
 * A GPIO chip as the kernel shows it.
 *
 * @param name the kernel's name, which may change from start to start: {@code gpiochip0}
 * @param label what stays the same: {@code pinctrl-rp1} on a Pi 5, {@code pinctrl-bcm2711} on a Pi 4
 * @param lines its lines, in the order of their offsets
 */
public record GpioChip(String name, String label, List<GpioLine> lines) {
    public GpioChip {
        lines = List.copyOf(lines);
    }
}
