package org.headgate.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ExecOutputTest {
    @Test
    void theAnswerOfExecMarksErrorsAndStatusAndNothingElseCan() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ExecOutput output = new ExecOutput(bytes);
        output.out.print("a\u0004b\u0005 \u001b[1mbold\u001b[0m");
        output.err.println("error: °");
        output.out.println("c");
        output.end(3);
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("ab bold\n\u0005error: °\nc\n\u00043\n");
    }
}
