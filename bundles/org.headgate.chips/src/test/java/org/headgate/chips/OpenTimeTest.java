package org.headgate.chips;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OpenTimeTest {
    private final OpenTime open = new OpenTime(Pause.REAL);

    @Test
    void nobodyPassesOrWaitsAfterTheEnd() throws Exception {
        assertThatCode(open::check).doesNotThrowAnyException();
        open.pause(Duration.ofNanos(1));
        open.end();
        open.end();
        assertThatThrownBy(open::check).isInstanceOf(IOException.class).hasMessage("closed");
        assertThatThrownBy(() -> open.pause(Duration.ofHours(1)))
                .isInstanceOf(IOException.class)
                .hasMessage("closed");
    }
}
