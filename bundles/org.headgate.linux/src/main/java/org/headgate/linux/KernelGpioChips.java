package org.headgate.linux;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The chips behind {@code /dev/gpiochip*}, asked anew each time. */
final class KernelGpioChips implements GpioChips {
    private static final String PREFIX = "gpiochip";
    private static final Comparator<String> BY_NUMBER =
            Comparator.comparingInt(name -> Integer.parseInt(name.substring(PREFIX.length())));

    @Override
    public List<GpioChip> all() throws KernelException {
        List<String> names = DevicePath.MACHINE.names("dev").stream()
                .filter(name -> name.matches(PREFIX + "\\d+"))
                .sorted(BY_NUMBER)
                .toList();
        List<GpioChip> chips = new ArrayList<>();
        Optional<KernelException> refused = Optional.empty();
        for (String name : names) {
            try {
                GpioChip chip = chip(name);
                // On a Pi 5 gpiochip4 is another name of gpiochip0, for programs that know no labels.
                if (chips.stream().noneMatch(known -> known.name().equals(chip.name()))) {
                    chips.add(chip);
                }
            } catch (KernelException no) {
                refused = Optional.of(no);
            }
        }
        if (chips.isEmpty()) {
            throw refused.orElseGet(() -> new KernelException(
                    Errno.ENOENT, "no /dev/gpiochip*: this machine has no GPIO, or its kernel no driver for it"));
        }
        return chips;
    }

    @Override
    public String kernelName(String file) {
        return DevicePath.MACHINE.linkedName("dev/" + file).orElse(file);
    }

    GpioChip chip(String name) throws KernelException {
        String path = "/dev/" + name;
        try (OpenFile file = DevicePath.open(path, Libc.O_RDWR, path + " is gone");
                Memory info = new Memory(GpioUapi.LINEINFO_BYTES)) {
            info.clear();
            file.ioctl(GpioUapi.GET_CHIPINFO, info);
            String ownName = text(info, 0);
            String label = text(info, GpioUapi.CHIPINFO_LABEL);
            int count = info.getInt(GpioUapi.CHIPINFO_LINES);
            List<GpioLine> lines = new ArrayList<>(count);
            for (int offset = 0; offset < count; offset++) {
                lines.add(line(file, info, offset));
            }
            return new GpioChip(ownName, label.isEmpty() ? ownName : label, lines);
        } catch (LastErrorException error) {
            if (error.getErrorCode() == Errno.ENOTTY || error.getErrorCode() == Errno.EINVAL) {
                throw new KernelException(
                        error.getErrorCode(), path + ": the kernel is older than 5.10; update the operating system");
            }
            throw Errno.refused(path, error);
        }
    }

    private static GpioLine line(OpenFile chip, Memory info, int offset) {
        info.clear();
        info.setInt(GpioUapi.LINEINFO_OFFSET, offset);
        chip.ioctl(GpioUapi.GET_LINEINFO, info);
        long flags = info.getLong(GpioUapi.LINEINFO_FLAGS);
        return new GpioLine(
                offset,
                text(info, 0),
                text(info, GpioUapi.LINEINFO_CONSUMER),
                (flags & GpioUapi.USED) != 0,
                (flags & GpioUapi.OUTPUT) != 0);
    }

    private static String text(Memory info, int at) {
        byte[] bytes = info.getByteArray(at, GpioUapi.NAME_BYTES);
        int length = 0;
        while (length < bytes.length && bytes[length] != 0) {
            length++;
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}
