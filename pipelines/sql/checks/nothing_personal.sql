-- No measure, category or column speaks of an identifiable person.
SELECT subject, detail
FROM (
    SELECT DISTINCT source_id || '.csv' AS subject, measure AS detail FROM figure
    UNION SELECT disaggregation, disaggregation FROM category
    UNION SELECT table_name, column_name FROM information_schema.columns WHERE table_catalog = current_database()
)
WHERE regexp_matches(detail, '(^|_|:)(cedula|documento|document_number|telefono|phone|celular|correo|e?mail|apellidos?|surname|nombres?|first_name|full_name|address|direccion|birth_date|fecha_nacimiento|placa|plate|imei)(_|$)')
