package org.headgate.device.api.kit;

/** What authors of drivers get wrong, and the part of the contract that must notice. */
enum Defect {
    NONE(""),
    HAS_NO_LIST_OF_CHANNELS("saysTheSameAboutADeviceEachTime"),
    SWALLOWS_TYPING_ERRORS("refusesAnUnknownSourceAndAnUnknownOption"),
    JUDGES_STRICTER_THAN_IT_OPENS("judgesWithoutTouchingTheDeviceAndNoStricterThanItOpens"),
    FINDS_WHAT_CANNOT_BE_OPENED("opensWhateverItHasFound"),
    FINDS_NOTHING("opensWhateverItHasFound"),
    READS_TEXT_INTO_A_NUMBER("readsEveryReadableChannelOrSaysWhyNot"),
    NUMBERS_CHANNELS_ITS_OWN_WAY("readsASubsetInTheOrderOfTheRequest"),
    LEAKS_A_THREAD("opensAndClosesAgainAndAgainWithoutLeavingThreadsOrFilesOpen"),
    LEAKS_A_SOCKET("opensAndClosesAgainAndAgainWithoutLeavingThreadsOrFilesOpen"),
    HANGS_IN_CLOSE("closingAgainDoesNothingAndReadingAfterwardsFails"),
    FAILS_WHEN_CLOSED_AGAIN("closingAgainDoesNothingAndReadingAfterwardsFails"),
    READS_ON_WHEN_CLOSED("closingAgainDoesNothingAndReadingAfterwardsFails"),
    THROWS_A_RUNTIME_EXCEPTION_WHEN_CLOSED("closesWhileACallIsInside"),
    SHARES_ONE_SOCKET("isSwitchedOnAndOffWhileAnotherConnectionReads"),
    WRITES_ON_A_BORROWED_CONNECTION("takesWritesBetweenAndBesideReads"),
    REPORTS_AFTER_CLOSE("reportsOnlyWhatItTookAndNothingAfterItWasClosed"),
    TAKES_CHANNELS_THAT_NOBODY_ASKED_FOR("reportsOnlyWhatItTookAndNothingAfterItWasClosed"),
    SUBSCRIBES_TO_NULL("reportsOnlyWhatItTookAndNothingAfterItWasClosed"),
    WAITS_FOR_THE_READ_WHEN_CLOSED("standsWhatItsPeerDoes", PeerContract.UNBINDING),
    OPENS_WHAT_REFUSES("standsWhatItsPeerDoes", PeerContract.name(Fault.REFUSE)),
    HAS_NO_TIMEOUT("standsWhatItsPeerDoes", PeerContract.name(Fault.HANG)),
    HAS_A_TIMEOUT_OF_ITS_OWN("standsWhatItsPeerDoes", PeerContract.name(Fault.HANG)),
    LEAKS_WHEN_OPENING_FAILS("standsWhatItsPeerDoes", PeerContract.name(Fault.GARBAGE)),
    TAKES_AN_END_FOR_AN_ANSWER("standsWhatItsPeerDoes", PeerContract.name(Fault.HANG)),
    EXPLAINS_WITH_A_STACK_TRACE("standsWhatItsPeerDoes", PeerContract.name(Fault.DISCONNECT)),
    BELIEVES_GARBAGE("standsWhatItsPeerDoes", PeerContract.name(Fault.GARBAGE)),
    ALLOCATES_WHAT_GARBAGE_SAYS("standsWhatItsPeerDoes", PeerContract.name(Fault.GARBAGE)),
    THROWS_A_RUNTIME_EXCEPTION_ON_GARBAGE("standsWhatItsPeerDoes", PeerContract.name(Fault.GARBAGE)),
    NEVER_GETS_OVER_A_FAILURE("standsWhatItsPeerDoes", PeerContract.name(Fault.REFUSE));

    final String caughtBy;
    /** Which of the cases that {@link #caughtBy} has; empty: any. */
    final String inCase;

    Defect(String caughtBy) {
        this(caughtBy, "");
    }

    Defect(String caughtBy, String inCase) {
        this.caughtBy = caughtBy;
        this.inCase = inCase;
    }
}
