/** Commands for revisions, whole set-ups, secrets. */
package org.headgate.commands.setup;
