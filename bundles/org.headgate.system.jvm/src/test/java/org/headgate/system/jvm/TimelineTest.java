package org.headgate.system.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimelineTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long HOUR = 3600 * SECOND;

    /** First a time server that is wrong, then one that is right. */
    @Test
    void stepsUntilTheClockIsSetAddUp() {
        Timeline timeline = new Timeline(0, 0);
        assertThat(timeline.look(0, 10 * SECOND)).isZero();
        assertThat(timeline.look(5 * HOUR, 11 * SECOND)).isEqualTo(5 * HOUR);
        assertThat(timeline.corrected(3 * SECOND)).hasValue(5 * HOUR + 3 * SECOND);
        assertThat(timeline.look(7 * HOUR, 20 * SECOND)).isEqualTo(2 * HOUR);
        timeline.set(true);
        assertThat(timeline.corrected(3 * SECOND)).hasValue(7 * HOUR + 3 * SECOND);
        assertThat(timeline.corrected(5 * HOUR + 15 * SECOND)).hasValue(7 * HOUR + 15 * SECOND);
        assertThat(timeline.corrected(7 * HOUR + 25 * SECOND)).hasValue(7 * HOUR + 25 * SECOND);
        assertThat(timeline.look(8 * HOUR, 30 * SECOND)).isEqualTo(HOUR);
        assertThat(timeline.corrected(3 * SECOND)).hasValue(7 * HOUR + 3 * SECOND);
        assertThat(timeline.total()).isEqualTo(8 * HOUR);
    }

    @Test
    void slewingIsNotAddedToTheStepThatFollows() {
        Timeline timeline = new Timeline(0, 0);
        for (int i = 1; i <= 1000; i++) {
            assertThat(timeline.look(i * 1_000_000L, i * SECOND)).isZero();
        }
        assertThat(timeline.look(SECOND + HOUR, 1001 * SECOND)).isEqualTo(HOUR);
    }

    /** What is no time of this process, as a device's own time stamp, is none of its business. */
    @Test
    void otherTimesComeBackUnchanged() {
        Timeline timeline = new Timeline(100 * HOUR, 0);
        timeline.look(300 * HOUR, HOUR);
        assertThat(timeline.corrected(99 * HOUR)).hasValue(99 * HOUR);
        assertThat(timeline.corrected(102 * HOUR)).hasValue(102 * HOUR);
        assertThat(timeline.corrected(100 * HOUR)).hasValue(300 * HOUR);
    }

    @Test
    void aClockThatStepsForEverCostsNoMoreMemory() {
        Timeline timeline = new Timeline(0, 0);
        for (int i = 1; i <= 100; i++) {
            timeline.look(i * HOUR, i * 10 * SECOND);
        }
        assertThat(timeline.corrected(5 * SECOND)).hasValue(5 * SECOND);
        assertThat(timeline.corrected(99 * HOUR + 999 * SECOND)).hasValue(100 * HOUR + 999 * SECOND);
        assertThat(timeline.corrected(40 * HOUR + 405 * SECOND)).hasValue(100 * HOUR + 405 * SECOND);
    }

    /**
     * The clock was five seconds fast; it is set back at 20 s, which is seen at 21 s, and counts as set at 23 s. A row of 17 s was
     * noted as 22 s, and so was one of 22 s: neither must get the step of the other.
     */
    @Test
    void whatAClockThatIsSetBackShowsTwiceIsNotCorrected() {
        Timeline timeline = new Timeline(5 * SECOND, 0);
        timeline.look(5 * SECOND, 20 * SECOND);
        timeline.look(0, 21 * SECOND);
        timeline.look(0, 23 * SECOND);
        timeline.set(true);
        assertThat(timeline.corrected(22 * SECOND)).isEmpty();
        assertThat(timeline.corrected(19 * SECOND)).hasValue(14 * SECOND);
        assertThat(timeline.corrected(40 * SECOND)).hasValue(40 * SECOND);
    }

    /** Far back, as a battery-backed clock in local time is: no time was shown twice. */
    @Test
    void allTimesBeforeAStepFarBackAreCorrected() {
        Timeline timeline = new Timeline(2 * HOUR, 0);
        timeline.look(2 * HOUR, 300 * SECOND);
        timeline.look(0, 301 * SECOND);
        timeline.look(0, 305 * SECOND);
        timeline.set(true);
        assertThat(timeline.corrected(2 * HOUR + 299 * SECOND)).hasValue(299 * SECOND);
        assertThat(timeline.corrected(303 * SECOND)).hasValue(303 * SECOND);
    }
}
