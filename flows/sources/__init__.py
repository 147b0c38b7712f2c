"""Sources: where a district's deliveries come from, and how they are brought into keeping.

A folder here or on the network, an SFTP server, S3-compatible storage, the web, tables of a database, and an
inbox into which files of all districts are dropped. Begin with ``take``: it brings what a district's
`deliveries` name; ``failed`` says why a source could not be read, in words for the operator; ``inbox`` sorts
what was dropped; ``fetched`` knows what came before. Plain functions: trying again is the flow's.
Deliberately not here: opening what was brought (flows.intake).
"""
