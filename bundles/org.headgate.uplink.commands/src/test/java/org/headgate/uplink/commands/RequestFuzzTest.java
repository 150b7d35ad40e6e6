package org.headgate.uplink.commands;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Map;
import java.util.OptionalLong;
import org.headgate.codec.JsonReader;
import org.headgate.command.api.Command;
import org.headgate.command.api.CommandResult;
import org.headgate.command.api.Origin;

/**
 * What strangers send to a gateway's command topic: a request or a reason, without a crash or memory without bounds. As a test the inputs
 * that are kept in the resources are run again; with {@code JAZZER_FUZZ=1} in the environment new ones are looked for.
 */
class RequestFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void aMessageIsARequestOrIsRefused(byte[] payload) {
        try {
            Request request = Request.read(payload);
            assertThat(request.id()).matches(Request.ID);
            assertThat(request.words()).hasSizeLessThanOrEqualTo(Request.MOST_WORDS);
            assertThat(request.expiresNanos()).isNotNegative();
            Command command = new Command(
                    request.id(),
                    ConsoleRun.NAME,
                    ConsoleRun.arguments(request),
                    Origin.cloud("c"),
                    OptionalLong.empty());
            assertThat(JsonReader.read(Response.json(CommandResult.refused(command, request.words() + ""))))
                    .isInstanceOf(Map.class);
        } catch (MalformedRequestException refused) {
            assertThat(refused.getMessage()).isNotBlank().doesNotContain("\n").hasSizeLessThan(300);
        }
    }
}
