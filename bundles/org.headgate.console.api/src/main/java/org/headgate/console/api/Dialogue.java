package org.headgate.console.api;

import java.io.IOException;
import java.util.Optional;

/**
 * The person at the terminal, where there is one: a command that was called by a program ({@code exec}, an SSH client without a
 * terminal) asks nobody. Used from the thread that runs the command.
 */
public interface Dialogue {
    /** Nobody is there. */
    Dialogue NOBODY = new Dialogue() {
        @Override
        public boolean isPresent() {
            return false;
        }

        @Override
        public Optional<String> ask(String question) {
            return Optional.empty();
        }

        @Override
        public Optional<char[]> askSecret(String question) {
            return Optional.empty();
        }

        @Override
        public Optional<String> edit(String name, String text) {
            return Optional.empty();
        }
    };

    /** Whether somebody can be asked. */
    boolean isPresent();

    /**
     * Asks and waits for a line.
     *
     * @return the line without blanks around it; empty when nobody is there, or the input has ended
     * @throws InterruptedException when the user ended the command instead
     */
    Optional<String> ask(String question) throws InterruptedException;

    /**
     * Asks for a line that is not shown, nor kept in the history.
     *
     * @return what was typed, for the caller to clear; empty when nobody is there, or the input has ended
     */
    Optional<char[]> askSecret(String question) throws InterruptedException;

    /**
     * Opens a text in an editor.
     *
     * @param name what the editor shows as the file's name
     * @return the text as it was saved; empty when it was left without saving, or nobody is there
     * @throws IOException with one line for the user when no editor can be opened
     */
    Optional<String> edit(String name, String text) throws IOException, InterruptedException;
}
