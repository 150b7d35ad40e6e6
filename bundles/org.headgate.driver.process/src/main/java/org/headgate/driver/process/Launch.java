package org.headgate.driver.process;

import java.util.Optional;

/**
 * What is started.
 *
 * @param builder starts it
 * @param group what keeps its limits, where that is a control group; made for this one run
 * @param limits what keeps them, or which are not kept, in one line; empty where there are none
 * @param kept whether all of them are
 */
record Launch(ProcessBuilder builder, Optional<ControlGroup> group, String limits, boolean kept) {}
