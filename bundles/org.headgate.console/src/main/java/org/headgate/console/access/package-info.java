/**
 * Who may log in: the key pairs in {@code HOME/secrets}, the realm of the SSH server, and the commands {@code user:*} that edit the
 * file of users.
 */
package org.headgate.console.access;
