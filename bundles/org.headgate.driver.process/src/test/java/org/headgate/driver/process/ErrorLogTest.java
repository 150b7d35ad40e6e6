package org.headgate.driver.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ErrorLogTest {
    private final AtomicLong now = new AtomicLong();
    private final List<String> logged = new ArrayList<>();
    private final ErrorLog log = new ErrorLog(now::get, logged::add);

    private void read(String text) throws Exception {
        new LineReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), ErrorLog.LONGEST, log).read();
    }

    @Test
    void tenLinesASecondAreLoggedAndTheOthersCounted() throws Exception {
        read("x\n".repeat(1000));
        assertThat(logged).hasSize(10);
        now.addAndGet(1_000_000_000);
        read("y\n");
        assertThat(logged).hasSize(12).endsWith("(990 more lines)", "y");
        log.flush();
        assertThat(logged).hasSize(12);
        assertThat(log.lines()).isEqualTo(1001);
    }

    @Test
    void whatCouldFakeALineOfTheLogIsTakenOut() throws Exception {
        read("a\r\u2028b\u001b[31m\n" + "z".repeat(2000) + "\n\n \n");
        assertThat(logged).containsExactly("a??b?[31m", "(a line of more than 1024 bytes)");
        assertThat(log.last()).isEqualTo("a??b?[31m");
    }
}
