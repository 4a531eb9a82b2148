-- What is known now taken into memory, for a view that is asked often: nothing is joined or sorted out again.
CREATE TABLE {table}_held AS SELECT * FROM {table}_now;
CREATE OR REPLACE VIEW {table}_now AS SELECT * FROM {table}_held;
DROP TABLE {table}_files
