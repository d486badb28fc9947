// An element with the attributes of the address, and the properties that a test gives it before it is there.
const element = document.createElement("instant-card");
element.id = "card";
element.setAttribute("api-base", "/api/v2/");
for (const [name, value] of new URLSearchParams(location.search)) element.setAttribute(name, value);
Object.assign(element, window.given);
document.getElementById("place").append(element);
