package org.headgate.host;

import java.io.IOException;

/**
 * What this process has of the machine's memory, in bytes; -1 where it cannot be known.
 *
 * @param rss everything that is resident, shared pages included
 * @param pss the same, with shared pages divided among those who share them
 */
public record ProcessMemory(long rss, long pss) {
    /** Now; walks the page tables, so not to be asked more often than each few seconds. */
    public static ProcessMemory of(Machine machine) {
        return new ProcessMemory(
                kibibytes(machine, "self/status", "VmRSS:"), kibibytes(machine, "self/smaps_rollup", "Pss:"));
    }

    private static long kibibytes(Machine machine, String name, String label) {
        try (KernelFile file = machine.proc(name)) {
            file.load();
            do {
                if (file.accept(label)) {
                    return file.number() << 10;
                }
            } while (file.nextLine());
        } catch (IOException none) {
            return -1;
        }
        return -1;
    }
}
