package org.headgate.history.api;

/**
 * What a reading of the past has met.
 *
 * @param rows rows that were handed out
 * @param damaged blocks of rows on disk that could not be read and were left out
 */
public record Reading(long rows, long damaged) {}
