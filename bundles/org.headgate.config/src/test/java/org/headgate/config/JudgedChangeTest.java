package org.headgate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.headgate.config.WrittenHome.BOILER;
import static org.headgate.config.WrittenHome.PUMP;
import static org.headgate.config.WrittenHome.RULE;
import static org.headgate.config.WrittenHome.change;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.headgate.config.api.Applied;
import org.headgate.config.api.Instance;
import org.headgate.config.api.InvalidChangeException;
import org.headgate.config.api.SetUp;
import org.headgate.config.api.Validator;
import org.junit.jupiter.api.Test;

/** What a change is refused for, and by whom. */
class JudgedChangeTest {
    private final WrittenHome home = new WrittenHome();

    @Test
    void aChangeIsRefusedForNewProblemsOnly() throws IOException {
        home.etc.put(BOILER, "poll = never\nunknown = 1\n");
        home.validators.bind(new PollAndKey());
        InvalidChangeException refused = (InvalidChangeException) catchIo(() -> home.set(PUMP, "poll", "soon"));
        assertThat(refused.problems()).containsExactly(PUMP + ": poll: soon");
        assertThat(home.etc.text(PUMP)).isNull();
        assertThat(home.writer.problems(change().set(PUMP, "poll", "soon"))).containsExactly(PUMP + ": poll: soon");
        assertThat(home.set(BOILER, "poll", "1s").files())
                .as("one of two mistakes mended")
                .containsExactly(BOILER);
        assertThatThrownBy(() -> home.set(BOILER, "poll", "often")).hasMessage(BOILER + ": poll: often");
    }

    @Test
    void aSecretInClearTextIsRefusedAndNotRepeated() throws IOException {
        assertThatThrownBy(() -> home.set(BOILER, "proxy.password", "hunter2"))
                .hasMessageStartingWith(BOILER + ": proxy.password: *** (expected: @NAME")
                .hasMessageNotContaining("hunter2");
        assertThat(home.etc.names()).isEmpty();
        home.validators.bind(new Refuses());
        assertThatThrownBy(() -> home.set(BOILER, "password", "hunter2"))
                .hasMessage(BOILER + ": password: *** (expected: one of seed)");
        assertThat(home.set(BOILER, "proxy.password", "@proxy").files()).containsExactly(BOILER);
    }

    @Test
    void whatAChangeBreaksElsewhereIsANote() throws IOException {
        home.validators.bind(new Reads());
        home.writer.change(change().set(BOILER, "poll", "1s").set(RULE, "reads", "boiler"), Optional.empty());
        Applied removed = home.writer.change(change().remove(BOILER), Optional.empty());
        assertThat(removed.notes()).containsExactly(RULE + ": reads: boiler");
    }

    @Test
    void aBrokenFileCanBeReplacedAndRemovedButNotEdited() throws IOException {
        home.etc.put(BOILER, "what is this\n");
        assertThatThrownBy(() -> home.set(BOILER, "poll", "1s")).hasMessageContaining("correct the file by hand first");
        assertThat(home.set(PUMP, "poll", "1s").files()).containsExactly(PUMP);
        home.writer.change(change().replace(BOILER, "poll = 1s\n"), Optional.empty());
        assertThat(home.etc.text(BOILER)).isEqualTo("poll = 1s\n");
        assertThatThrownBy(() -> home.writer.change(change().replace(BOILER, "torn"), Optional.empty()))
                .hasMessageStartingWith(BOILER + " line 1: 'torn'");
    }

    @Test
    void aValidatorThatHangsOrFailsHoldsOffNobodyElse() throws IOException {
        Validator foreign = new Validator() {
            @Override
            public String kind() {
                return "device";
            }

            @Override
            public List<String> problems(Instance instance, SetUp whole) {
                try {
                    // The lock is free meanwhile: others can go on.
                    home.writer.change(change().set(RULE, "sql", "x"), Optional.empty());
                } catch (IOException impossible) {
                    throw new IllegalStateException(impossible);
                }
                throw new NoClassDefFoundError("a driver that was built against something else");
            }
        };
        home.validators.bind(foreign);
        assertThat(home.set(BOILER, "poll", "1s").files()).containsExactly(BOILER);
        home.validators.unbind(foreign);
        assertThat(home.etc.names()).containsExactly(BOILER, RULE);
    }

    private static IOException catchIo(ThrowingCallable call) {
        return catchThrowableOfType(IOException.class, call);
    }

    /** Finds {@code poll} wrong unless it begins with a digit, and {@code unknown} always. */
    private static final class PollAndKey implements Validator {
        @Override
        public String kind() {
            return "device";
        }

        @Override
        public List<String> problems(Instance instance, SetUp whole) {
            List<String> problems = new ArrayList<>();
            instance.settings()
                    .text("poll")
                    .filter(poll -> !Character.isDigit(poll.charAt(0)))
                    .ifPresent(poll -> problems.add("poll: " + poll));
            instance.settings().text("unknown").ifPresent(value -> problems.add("unknown: " + value));
            return problems;
        }
    }

    /** Knows no password, and repeats the one that it was given. */
    private static final class Refuses implements Validator {
        @Override
        public String kind() {
            return "device";
        }

        @Override
        public List<String> problems(Instance instance, SetUp whole) {
            return instance.settings().text("password").stream()
                    .map(password -> "password: " + password + " (expected: one of seed)")
                    .toList();
        }
    }

    /** Finds wrong what reads a device that is not there. */
    private static final class Reads implements Validator {
        @Override
        public String kind() {
            return "rule";
        }

        @Override
        public List<String> problems(Instance instance, SetUp whole) {
            return instance.settings().text("reads").stream()
                    .filter(device -> !whole.names("device").contains(device))
                    .map(device -> "reads: " + device)
                    .toList();
        }
    }
}
