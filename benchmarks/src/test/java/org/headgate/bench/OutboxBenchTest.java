package org.headgate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The outbox and its peers run, if only for a moment: a benchmark that nobody runs rots. Its figures are not judged here. */
class OutboxBenchTest {
    @TempDir
    private Path folder;

    @Test
    void everyContestantOfTheOutboxRuns() throws Exception {
        String report = OutboxBench.run(
                        Path.of("no-distribution"), new String[] {"--quick", "--folder", folder.toString()})
                .json(Map.of());
        assertThat(report)
                .contains("durable rows a second", "syncs a second", "bytes written / bytes of the rows")
                .contains("durable rows a second, MVStore", "durable rows a second, a file a message")
                .contains("acknowledged rows a second meanwhile", "opening after a kill");
        assertThat(folder).isEmptyDirectory();
    }
}
