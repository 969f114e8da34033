-- A person is shown in part: whoever looks for parts of the name must not find out the rest.
update subjects.subject set name_grams = string_to_array(name_lines, E'\n') where type = 'natural-person' and name_lines <> '';
comment on column subjects.subject.name_grams is 'Pairs of neighbouring characters of the present and former names, for search by part of a name; of a natural person the names whole, for nobody is found by a part of it';
