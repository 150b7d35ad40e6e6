package org.headgate.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How worn an eMMC is by its own account: EXT_CSD of JEDEC JESD84-B51, 7.4 (DEVICE_LIFE_TIME_EST, PRE_EOL_INFO), which the kernel
 * shows as {@code life_time} and {@code pre_eol_info}. SD cards keep no such account.
 *
 * @param disk the disk, for example {@code mmcblk0}
 * @param percent how much of its life is used at most, in steps of 10; 110 when it is beyond its life
 * @param reserve what is left of the spare blocks
 */
public record FlashWear(String disk, int percent, Reserve reserve) {
    /** Spare blocks, the best first. */
    public enum Reserve {
        /** Not said. */
        UNKNOWN,
        /** Less than 80 % are used. */
        NORMAL,
        /** 80 % are used. */
        WARNING,
        /** 90 % are used. */
        URGENT
    }

    private static final int MOST = 11;

    /** The disks of a machine that tell. */
    public static List<FlashWear> of(Machine machine) {
        List<FlashWear> all = new ArrayList<>();
        for (String disk : machine.disks()) {
            String folder = "sys/block/" + disk + "/device/";
            machine.text(folder + "life_time").ifPresent(text -> {
                int tenths = 0;
                // Two kinds of cells, each with its own account: the worse one counts.
                for (String word : text.split("\\s+")) {
                    tenths = Math.max(tenths, hex(word).filter(n -> n <= MOST).orElse(0));
                }
                if (tenths > 0) {
                    int reserve = machine.text(folder + "pre_eol_info")
                            .flatMap(FlashWear::hex)
                            .filter(n -> n < Reserve.values().length)
                            .orElse(0);
                    all.add(new FlashWear(disk, tenths * 10, Reserve.values()[reserve]));
                }
            });
        }
        return all;
    }

    private static Optional<Integer> hex(String word) {
        try {
            return Optional.of(Integer.decode(word)).filter(n -> n >= 0);
        } catch (NumberFormatException garbage) {
            return Optional.empty();
        }
    }
}
