package org.headgate.commands.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Signature;
import org.headgate.console.api.kit.Console;
import org.headgate.system.api.Loop;
import org.headgate.system.api.Scheduler;
import org.junit.jupiter.api.Test;

/** The time of whoever waits is the scheduler's: here its timers run at once. */
class SettlingTest {
    private final Hasty scheduler = new Hasty();
    private final Console console = new Console();
    private int looks;

    @Test
    void thePatienceEndsByTheSchedulersTime() throws Exception {
        assertThat(console.run(new Waiting(Integer.MAX_VALUE))).isEqualTo("nothing\n");
        assertThat(scheduler.waited).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void whatIsThereIsTakenAtTheNextLook() throws Exception {
        assertThat(console.run(new Waiting(3))).isEqualTo("there\n");
        assertThat(looks).isEqualTo(3);
    }

    @Test
    void aPatienceHasAsManyLooksAsAreInItsTime() {
        Settling.Patience patience = new Settling.Patience(Duration.ofMillis(100));
        assertThat(patience.takesLook()).isTrue();
        assertThat(patience.takesLook()).isTrue();
        assertThat(patience.takesLook()).isFalse();
        assertThat(patience.takesLook()).isFalse();
    }

    /** Waits for what is there at a look. */
    private final class Waiting implements ConsoleCommand {
        private final int wanted;

        private Waiting(int wanted) {
            this.wanted = wanted;
        }

        @Override
        public Signature signature() {
            return Signature.of("test:wait", "Waits.");
        }

        @Override
        public int run(Invocation invocation) throws InterruptedException {
            Optional<String> found = new Settling(scheduler)
                    .await(
                            invocation,
                            () -> Optional.of("there").filter(any -> ++looks == wanted),
                            Duration.ofHours(1),
                            "waiting");
            invocation.out().println(found.orElse("nothing"));
            return 0;
        }
    }

    /** Runs each timer as soon as whoever has set it is done. */
    private static final class Hasty implements Scheduler {
        private Duration waited = Duration.ZERO;
        private Optional<Runnable> next = Optional.empty();
        private boolean runs;

        @Override
        public Loop loop(String name) {
            return new Loop() {
                @Override
                public void execute(Runnable task) {
                    task.run();
                }

                @Override
                public Timer schedule(Duration delay, Runnable task) {
                    waited = waited.plus(delay);
                    next = Optional.of(task);
                    if (!runs) {
                        runs = true;
                        while (next.isPresent()) {
                            Runnable now = next.get();
                            next = Optional.empty();
                            now.run();
                        }
                        runs = false;
                    }
                    return () -> {};
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public long failures() {
            return 0;
        }
    }
}
