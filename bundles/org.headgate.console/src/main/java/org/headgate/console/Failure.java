package org.headgate.console;

/**
 * Why a command of one call has not run to its end: the line for the user, and the exit status.
 *
 * @param denied whether the user may not run it
 */
record Failure(int status, String reason, boolean denied) {
    private static final int FAILED = 1;
    private static final int DENIED = 77;
    private static final int UNKNOWN = 127;
    private static final String NOT_FOUND = "Command not found: ";

    /**
     * What to say of an exception; asked as the user, who is not told of commands that he may not run.
     *
     * @param called the command that was called
     */
    static Failure of(Exception failure, String called, AbsentCommand absent) {
        if (failure instanceof SecurityException) {
            return new Failure(DENIED, called + ": not allowed with this role", true);
        }
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        // Not exported by the shell: known by its name only.
        if (failure.getClass().getSimpleName().equals("CommandNotFoundException")) {
            // In a pipe it may be another one than the first.
            String name = message.startsWith(NOT_FOUND) ? message.substring(NOT_FOUND.length()) : called;
            // The shell hides what a role may not run.
            return new Failure(UNKNOWN, absent.explain(name), absent.exists(name));
        }
        if (failure instanceof NullPointerException) {
            // Karaf's own commands for a person look for the terminal, or the history, without a question.
            return new Failure(FAILED, called + ": works at a terminal only; bin/headgate console opens one", false);
        }
        return new Failure(FAILED, message.strip().replaceAll("\\s*\\R\\s*", " "), false);
    }
}
