package org.headgate.system.jvm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Linux says about its clock, without native code. The kernel keeps the flag where only adjtimex(2) reads it, so a
 * tool that every machine of this kind has is asked: BusyBox, adjtimex(8) or systemd. Why these: decision 6.
 */
final class MachineEvidence implements Evidence {
    /** As systemd does (src/basic/time-util.c): not STA_UNSYNC, which chronyd leaves set, but a known error below 16 s. */
    private static final long NO_ERROR_KNOWN_MICROS = 16_000_000;

    private static final long PATIENCE_SECONDS = 2;

    private final Path root;
    private final String tools;
    private final String processor;

    /**
     * Evidence on this machine.
     *
     * @param root where /run and /sys are
     * @param tools the folders in which tools are looked for, separated by colons
     * @param processor the architecture, as Java names it
     */
    MachineEvidence(Path root, String tools, String processor) {
        this.root = root;
        this.tools = tools;
        this.processor = processor;
    }

    /** Who can be asked, and how. */
    private List<List<String>> questions() {
        List<List<String>> found = new ArrayList<>();
        find(found, "busybox", "adjtimex");
        find(found, "adjtimex", "--print");
        // sd_booted(3): without systemd as init timedatectl waits for a bus that is not there.
        if (Files.isDirectory(root.resolve("run/systemd/system"))) {
            find(found, "timedatectl", "show", "-p", "NTPSynchronized", "--value");
        }
        return found;
    }

    private void find(List<List<String>> found, String tool, String... arguments) {
        for (String folder : tools.split(":")) {
            Path file = Path.of(folder, tool);
            if (Files.isExecutable(file)) {
                List<String> command = new ArrayList<>(List.of(arguments));
                command.add(0, file.toString());
                found.add(command);
                return;
            }
        }
    }

    /** systemd-timesyncd makes this file when a server has set the clock; on a Raspberry Pi it is the one that runs. */
    @Override
    public boolean isSynchronized() {
        return Files.exists(root.resolve("run/systemd/timesync/synchronized"));
    }

    /**
     * On x86 the kernel takes the time from the CMOS clock or the hypervisor before it knows drivers (arch/x86/kernel/rtc.c),
     * elsewhere from the first battery-backed clock, if there is one (drivers/rtc/class.c).
     */
    @Override
    public boolean isBatteryBacked() {
        if (processor.matches("amd64|x86|i386")) {
            return true;
        }
        try (DirectoryStream<Path> clocks = Files.newDirectoryStream(root.resolve("sys/class/rtc"), "rtc*")) {
            for (Path clock : clocks) {
                if (Files.readString(clock.resolve("hctosys")).strip().equals("1")) {
                    return true;
                }
            }
        } catch (IOException none) {
            // No clock, or a container that does not see it.
        }
        return false;
    }

    @Override
    public boolean canAsk() {
        return !questions().isEmpty();
    }

    @Override
    public Optional<Boolean> ask() throws InterruptedException {
        for (List<String> question : questions()) {
            Optional<Boolean> answer = answer(run(question));
            if (answer.isPresent()) {
                return answer;
            }
        }
        return Optional.empty();
    }

    private static Optional<Boolean> answer(String text) {
        Matcher maxError = Pattern.compile("maxerror:\\s*(\\d+)").matcher(text);
        if (maxError.find()) {
            return Optional.of(Long.parseLong(maxError.group(1)) < NO_ERROR_KNOWN_MICROS);
        }
        return switch (text.strip()) {
            case "yes" -> Optional.of(true);
            case "no" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    /** What a tool prints, which is little; nothing when it fails. */
    private static String run(List<String> command) throws InterruptedException {
        Process process;
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().put("LC_ALL", "C");
            process = builder.start();
        } catch (IOException cannotRun) {
            return "";
        }
        try {
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return "";
            }
            return new String(process.getInputStream().readNBytes(4096), StandardCharsets.UTF_8);
        } catch (IOException closed) {
            return "";
        } finally {
            process.destroyForcibly();
        }
    }
}
