package org.headgate.outbox.log;

import org.junit.jupiter.api.Test;

/** The one promise of an outbox, in random lives of a gateway on a disk that loses its power again and again. */
class CrashScheduleTest {
    private static final long SCHEDULES = Boolean.getBoolean("headgate.long") ? 1_000_000 : 50_000;

    @Test
    void whateverWasCommittedComesOutInOrderAndOnceUnderItsNumberWhereverThePowerIsCut() {
        for (long seed = 0; seed < SCHEDULES; seed++) {
            CrashSchedule.run(seed);
        }
    }

    /** The oldest rows make room for younger ones; whatever the power does meanwhile, each of them is reported. */
    @Test
    void whatAFullLogGivesUpIsTheOldestAndIsReported() {
        for (long seed = 0; seed < SCHEDULES / 10; seed++) {
            CrashSchedule.runFull(seed);
        }
    }

    /** While there is a link rows go past a disk that takes none; they come again at most, under numbers that nothing else has. */
    @Test
    void whatGoesPastAFailingDiskComesOutInOrderAndNoNumberComesTwice() {
        for (long seed = 0; seed < SCHEDULES / 10; seed++) {
            CrashSchedule.runFailing(seed);
        }
    }

    /** Two commits that failed have left a batch of one number each, and the head of the second is torn. */
    @Test
    void whatTwoFailedCommitsLeftUnderOneNumberComesOnce() {
        CrashSchedule.runFailing(96_363);
    }

    /** A file whose number was used before shows blocks of its predecessor where a write was torn: numbers and checksums fit, order does not. */
    @Test
    void whatAnOlderFileOfTheSameNumberHasLeftIsNobodysRow() {
        CrashSchedule.run(1_905_356);
        CrashSchedule.run(798_657);
    }
}
