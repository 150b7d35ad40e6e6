package org.headgate.system.api;

/**
 * The machine's clock was set while the process ran; being slowed down or sped up is no step.
 *
 * @param byNanos how far it was moved; negative when it was set back
 * @param atMonotonicNanos when this was noticed, as {@link Clock#monotonicNanos} shows it
 */
public record ClockStep(long byNanos, long atMonotonicNanos) {}
