package org.headgate.chips;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.headgate.device.api.Channel;
import org.junit.jupiter.api.Test;

/** The table of the README is the code's. */
class ReadmeTest {
    @Test
    void theTableHasEveryChipAsItIs() throws Exception {
        List<String> rows = Files.readAllLines(Path.of("README.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();
        assertThat(rows)
                .containsExactlyElementsOf(
                        Chips.all().stream().map(ReadmeTest::row).toList());
    }

    private static String row(Chip chip) {
        String addresses = chip.addresses().stream().map(Bytes::hex).collect(Collectors.joining(" "));
        String settings = chip.defaults().entrySet().stream()
                .map(setting -> "`" + setting.getKey() + "=" + setting.getValue() + "`")
                .collect(Collectors.joining(" "));
        return "| `" + chip.name() + "` | " + (addresses.isEmpty() ? "SPI" : addresses) + " | "
                + chip.channels().stream().map(ReadmeTest::channel).collect(Collectors.joining(" ")) + " | " + settings
                + (settings.isEmpty() ? "|" : " |");
    }

    private static String channel(Channel channel) {
        return channel.name()
                + (channel.unit().isEmpty() ? "" : "[" + channel.unit() + "]")
                + (channel.access().canWrite() ? "*" : "");
    }
}
