package org.headgate.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The test kernel, booted on this machine's files for one job. */
final class Guest {
    private final Path kernel;
    private final Path scripts = Path.of(System.getProperty("headgate.lab.scripts"));
    private final Path folder;

    /** The folder is the one that the guest may write. */
    Guest(Path kernel, Path folder) {
        this.kernel = kernel;
        this.folder = folder;
    }

    /** The folder of the kernel; empty where there is none. */
    static Optional<Path> kernel() {
        return Optional.of(System.getProperty("headgate.lab", ""))
                .filter(text -> !text.isBlank())
                .map(Path::of)
                .filter(path -> Files.isExecutable(path.resolve("linux-gw")));
    }

    /**
     * Runs a bash script in there.
     *
     * @param memory MiB
     * @param simulator parameters of the simulator of buses, for example {@code addr=0x76,0x40}
     * @return what the guest printed
     */
    String run(String script, int memory, String simulator, Duration patience)
            throws IOException, InterruptedException {
        Path job = Files.writeString(folder.resolve("job.sh"), script);
        Path printed = folder.resolve("console");
        ProcessBuilder builder =
                new ProcessBuilder("bash", scripts.resolve("uml-run.sh").toString(), job.toString());
        // The kernel takes what it does not know for the environment of the first process.
        builder.command().add("GW_SIM=" + simulator);
        builder.environment().put("OUT", kernel.toString());
        builder.environment().put("RW", folder.toString());
        builder.environment().put("MEM", Integer.toString(memory));
        builder.environment().put("T", Long.toString(patience.toSeconds()));
        Process guest = builder.redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
        try {
            guest.waitFor(patience.toSeconds() + 10, TimeUnit.SECONDS);
        } finally {
            guest.descendants().forEach(ProcessHandle::destroyForcibly);
            guest.destroyForcibly().waitFor();
        }
        return Files.readString(printed, StandardCharsets.ISO_8859_1);
    }
}
